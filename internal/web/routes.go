package web

// routes is the whole URL space. A page stands beside the acts that it offers; the last
// argument of an act is the page that comes back when its input cannot be taken.
func (s *Server) routes() {
	// Signing in, accounts, setting up

	// Home

	// The plan, wins, the journal, shares

	// Asks

	// Promises

	// Conversations

	// People and the organisation

	// Questions and askings
	s.get("/questions", Member, listQuestions)
	s.get("/questions/{card}", Member, showQuestion)

	s.get("/askings", Member, listAskings)
	s.get("/askings/new", Member, newAsking)
	s.post("/askings", Member, recordAsking, newAsking)
	s.get("/askings/{id}", Owner, showAsking)
	s.post("/askings/{id}/answer", Owner, answerAsking, showAsking)
	s.post("/askings/{id}/remove", Owner, removeAsking, showAsking)

	// The change of manager
	s.get("/handover", Member, showHandover)
	s.post("/handover", Member, decideHandover, showHandover)

	s.mux.HandleFunc("/", s.nothingHere)
}
