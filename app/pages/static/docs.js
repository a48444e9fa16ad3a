// Starts Swagger UI on this service's own document; everything comes from the package.
window.ui = SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
  validatorUrl: null,
  onComplete: () => {
    // A demonstration fills in its key, so that every operation can be tried at once.
    const { key } = document.getElementById("swagger-ui").dataset;
    if (key) {
      window.ui.preauthorizeApiKey("Key", key);
    }
  },
});
