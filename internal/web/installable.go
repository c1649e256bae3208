package web

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"sync"

	"github.com/ownward/ownward/internal/plan"
)

// serveManifest serves what lets a phone put Ownward among its apps, and in the list that opens
// when something is shared. There is no service worker: browsers install without one, and one
// could keep private pages.
//
// These routes stand outside of the permissions: they say nothing of anybody.
func (s *Server) serveManifest() error {
	manifest, err := json.MarshalIndent(s.manifest(), "", "  ")
	if err != nil {
		return err
	}
	s.mux.HandleFunc("GET /manifest.webmanifest", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/manifest+json")
		w.Header().Set("Cache-Control", "public, max-age=3600")
		_, _ = w.Write(manifest) // who does not listen any more needs no answer
	})
	for _, one := range icons {
		drawn := sync.OnceValue(one.png)
		s.mux.HandleFunc("GET "+s.assets+"/"+one.name(), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			_, _ = w.Write(drawn())
		})
	}
	return nil
}

// sharedPath is where a phone sends what somebody shares with Ownward.
const sharedPath = "/wins/share"

func (s *Server) manifest() map[string]any {
	pictures := []map[string]string{{"src": s.assets + "/favicon.svg", "sizes": "any", "type": "image/svg+xml"}}
	for _, one := range icons {
		size := strconv.Itoa(one.size)
		picture := map[string]string{"src": s.assets + "/" + one.name(), "sizes": size + "x" + size, "type": "image/png"}
		if one.maskable {
			picture["purpose"] = "maskable"
		}
		pictures = append(pictures, picture)
	}
	return map[string]any{
		"id": "/", "name": "Ownward", "short_name": "Ownward", "description": "Your own growth at work: plan, ask, keep what went well.",
		"start_url": "/", "scope": "/", "display": "standalone", "background_color": "#fbfaf6", "theme_color": "#fbfaf6",
		"icons":     pictures,
		"shortcuts": []map[string]string{{"name": "Keep a win", "url": "/wins/new"}},
		// By POST, so that the words stand in no address.
		"share_target": map[string]any{
			"action": sharedPath, "method": "POST", "enctype": "multipart/form-data",
			"params": map[string]any{"title": "title", "text": "text", "url": "url",
				"files": []map[string]any{{"name": "files", "accept": slices.Sorted(maps.Keys(plan.Kinds))}}},
		},
	}
}

// icon is the mark of assets/favicon.svg as a picture: the year strip with its next conversation.
type icon struct {
	size     int
	maskable bool // fills its square, and keeps clear of the edge that a phone cuts off
}

var icons = []icon{{192, false}, {512, false}, {512, true}}

func (i icon) name() string {
	if i.maskable {
		return "icon-" + strconv.Itoa(i.size) + "-maskable.png"
	}
	return "icon-" + strconv.Itoa(i.size) + ".png"
}

// The mark, in the 32 units of the drawing.
var (
	paper   = color.NRGBA{0xfb, 0xfa, 0xf6, 0xff}
	strokes = []struct {
		x, top, bottom, width float64
		ink                   color.NRGBA
	}{
		{7, 9, 23, 3, color.NRGBA{0x1c, 0x22, 0x28, 0xff}},
		{13, 17, 23, 3, color.NRGBA{0x1c, 0x22, 0x28, 0xff}},
		{19, 17, 23, 3, color.NRGBA{0x1c, 0x22, 0x28, 0xff}},
		{25, 9, 23, 3.5, color.NRGBA{0x0c, 0x67, 0x64, 0xff}},
	}
)

func (i icon) png() []byte {
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, i.draw()); err != nil {
		panic(err) // a Buffer takes all, and the picture has a size
	}
	return drawn.Bytes()
}

func (i icon) draw() image.Image {
	picture := image.NewNRGBA(image.Rect(0, 0, i.size, i.size))
	scale, shrink := 32/float64(i.size), 1.0
	if i.maskable {
		shrink = 1.25
	}
	for py := range i.size {
		for px := range i.size {
			x, y := (float64(px)+.5)*scale, (float64(py)+.5)*scale
			dot := paper
			if !i.maskable { // rounded by 7 units
				dx, dy := math.Max(math.Abs(x-16)-9, 0), math.Max(math.Abs(y-16)-9, 0)
				dot.A = uint8(255 * inside(7-math.Hypot(dx, dy), scale))
			}
			x, y = 16+(x-16)*shrink, 16+(y-16)*shrink
			for _, s := range strokes {
				away := math.Hypot(x-s.x, y-math.Min(math.Max(y, s.top), s.bottom))
				dot = mixed(dot, s.ink, inside(s.width/2-away, scale*shrink))
			}
			picture.SetNRGBA(px, py, dot)
		}
	}
	return picture
}

// inside is how much of a pixel lies within a shape whose edge is so far away.
func inside(distance, pixel float64) float64 {
	return math.Min(math.Max(distance/pixel+.5, 0), 1)
}

func mixed(under, over color.NRGBA, share float64) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-share) + float64(b)*share)) }
	return color.NRGBA{mix(under.R, over.R), mix(under.G, over.G), mix(under.B, over.B), under.A}
}
