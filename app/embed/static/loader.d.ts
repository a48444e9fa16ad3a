/** `<sbm-assessment>` and `<sbm-profile>`, version 1. */

export type SbmErrorCode = "expired" | "refused" | "wrong_view";

export interface SbmEvents {
  "sbm:ready": CustomEvent<{ view: "questionnaire" | "profile" }>;
  "sbm:resize": CustomEvent<{ height: number }>;
  "sbm:progress": CustomEvent<{ answered: number; total: number }>;
  "sbm:section-changed": CustomEvent<{ section: string | null }>;
  "sbm:saved": CustomEvent<{ revision: number }>;
  "sbm:submitted": CustomEvent<{ assessment_id: string; participant_id: string }>;
  "sbm:token-expiring": CustomEvent<{ seconds: number }>;
  "sbm:scroll-request": CustomEvent<{ top: number }>;
  "sbm:error": CustomEvent<{ code: SbmErrorCode }>;
}

export interface SbmTheme {
  mode?: "light" | "dark" | "auto";
  font?: "sans" | "serif" | "system";
  radius?: number;
}

export interface SbmElement extends HTMLElement {
  theme(tokens: SbmTheme): void;
  /** `session` of a new session of the same questionnaire or profile. Nothing is drawn anew, nothing unsaved is lost. */
  token(session: string): void;
  focus(): void;
  destroy(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "sbm-assessment": SbmElement;
    "sbm-profile": SbmElement;
  }
  interface GlobalEventHandlersEventMap extends SbmEvents {}
}
