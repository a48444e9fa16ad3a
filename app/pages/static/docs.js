// Starts Swagger UI on this service's own document; everything comes from the package.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paint = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", paint);
paint();

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
    // A demonstration fills in its key and an invitation, so that every operation can be tried at once.
    const { key, invitation } = document.getElementById("swagger-ui").dataset;
    if (key) {
      window.ui.preauthorizeApiKey("Key", key);
      window.ui.preauthorizeApiKey("Invitation", invitation);
    }
  },
});
