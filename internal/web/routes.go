package web

// routes is the whole URL space. A page stands beside the acts that it offers; the last
// argument of an act is the page that comes back when its input cannot be taken.
func (s *Server) routes() {
	s.mux.HandleFunc("/", s.nothingHere)
}
