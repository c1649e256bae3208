package web

import (
	"net/http"
	"strings"
)

// policy lets a page load what this server serves, and nothing else; a script cannot turn text
// into HTML.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// secure puts the headers of a careful server on every answer and refuses what another site
// sends in somebody's name.
func (s *Server) secure(next http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection()
	// A phone's share sheet is no site, and some browsers say so badly. The page that it leads to changes nothing.
	sameSite.AddInsecureBypassPattern("POST " + sharedPath)
	// The secret in its address is all that this needs, and programs that show mail send it from anywhere.
	sameSite.AddInsecureBypassPattern("POST " + mailOffPath)
	sameSite.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.sayPlainly(w, http.StatusForbidden, "This came from another site", "Open Ownward itself and try once more there.")
	}))
	return sameSite.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		// Not no-referrer: over plain http browsers then send "Origin: null" with a form of our own, which is refused.
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
			h.Set("Cross-Origin-Opener-Policy", "same-origin") // which browsers complain of over plain http
		}
		if !strings.HasPrefix(r.URL.Path, "/assets/") {
			h.Set("Cache-Control", "no-store")
		}
		next.ServeHTTP(w, r)
	}))
}
