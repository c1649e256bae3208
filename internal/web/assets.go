package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
)

//go:embed assets
var assetFiles embed.FS

// serveAssets serves the styles, scripts and pictures under an address that changes when any of
// them does, so that browsers may keep them for ever.
func (s *Server) serveAssets() error {
	files, err := fs.Sub(assetFiles, "assets")
	if err != nil {
		return err
	}
	hash := sha256.New()
	err = fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(files, path)
		hash.Write([]byte(path))
		hash.Write(content)
		return err
	})
	if err != nil {
		return err
	}
	s.assets = "/assets/" + hex.EncodeToString(hash.Sum(nil))[:12]
	serve := http.StripPrefix(s.assets, http.FileServerFS(files))
	s.mux.HandleFunc("GET "+s.assets+"/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		serve.ServeHTTP(w, r)
	})
	return nil
}
