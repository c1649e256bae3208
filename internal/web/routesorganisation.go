package web

// What the organisation offers and keeps count of.

// budgetRoutes are the money of cost centres by year, and what is held of it.
func (s *Server) budgetRoutes() {
	s.get("/budgets", Colleague, listBudgets)
	s.get("/budgets.csv", Colleague, downloadBudgets)
	s.get("/budgets/new", Programmes, newBudget)
	s.post("/budgets", Programmes, makeBudget, newBudget)
	s.get("/budgets/{id}", Answers, showBudget)
	s.get("/budgets/{id}/edit", Programmes, editBudget)
	s.post("/budgets/{id}", Programmes, changeBudget, editBudget)
	s.post("/budgets/{id}/closing", Programmes, closeBudget, editBudget)
	s.post("/budgets/{id}/reopening", Programmes, reopenBudget, editBudget)
	s.get("/reservations/{id}", Sides, showReservation)
	s.post("/reservations/{id}/spending", Sides, spendReservation, showReservation)
	s.post("/reservations/{id}/returning", Sides, returnReservation, showReservation)
	s.post("/reservations/{id}/day", Asked, holdReservation, showReservation)
}

// programmeRoutes are the catalogue, and who takes part in what.
func (s *Server) programmeRoutes() {
	s.get("/programmes", Colleague, listProgrammes)
	s.post("/programmes", Colleague, postProgramme, newProgramme)
	s.get("/programmes/new", Colleague, newProgramme)
	s.get("/programmes/{id}", Colleague, showProgramme)
	s.get("/programmes/{id}/edit", Sides, editProgramme)
	s.post("/programmes/{id}/edit", Sides, changeProgramme, editProgramme)
	s.post("/programmes/{id}/state", Sides, turnProgramme, showProgramme)
	s.post("/programmes/{id}/cancelling", Sides, cancelProgramme, showProgramme)
	s.post("/programmes/{id}/places", Colleague, signUp, showProgramme)
	s.post("/programmes/{id}/step", Colleague, stepFromProgramme, showProgramme)
	s.get("/taking-part", Member, listTakingPart)
	s.get("/taking-part/{id}", Sides, showPlace)
	s.post("/taking-part/{id}/answer", Asked, answerPlace, showPlace)
	s.post("/taking-part/{id}/yes", Owner, acceptSeat, showPlace)
	s.post("/taking-part/{id}/giving-up", Owner, giveUpSeat, showPlace)
	s.post("/taking-part/{id}/finish", Owner, finishSeat, showPlace)
	s.post("/taking-part/{id}/look", Owner, lookOnSeat, showPlace)
	s.post("/taking-part/{id}/telling", Owner, tellLook, showPlace)
	s.post("/taking-part/{id}/win", Owner, winFromPlace, showPlace)
}
