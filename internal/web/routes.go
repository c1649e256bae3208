package web

// routes is the whole URL space. A page stands beside the acts that it offers; the last
// argument of an act is the page that comes back when its input cannot be taken.
func (s *Server) routes() {
	s.get("/questions", Member, listQuestions)
	s.get("/questions/{card}", Member, showQuestion)

	s.get("/askings", Member, listAskings)
	s.get("/askings/new", Member, newAsking)
	s.post("/askings", Member, recordAsking, newAsking)
	s.get("/askings/{id}", Owner, showAsking)
	s.post("/askings/{id}/answer", Owner, answerAsking, showAsking)
	s.post("/askings/{id}/remove", Owner, removeAsking, showAsking)

	s.mux.HandleFunc("/", s.nothingHere)
}
