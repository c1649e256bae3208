package web

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/feedback"
)

// Asking and being answered: asks, promises, questions, feedback.

// askRoutes are asks and what comes of them.
func (s *Server) askRoutes() {
	s.get("/asks", Member, listAsks)
	s.get("/asks/new", Colleague, newAsk)
	s.post("/asks", Colleague, beginAsk, newAsk)
	s.get("/asks/{id}", Sides, showAsk)
	s.post("/asks/{id}", Owner, changeAsk, showAsk)
	s.post("/asks/{id}/removal", Owner, removeAsk, showAsk)
	s.post("/asks/{id}/withdrawal", Owner, withdrawAsk, showAsk)
	s.post("/asks/{id}/elsewhere", Owner, sendElsewhere, showAsk)
	s.post("/asks/{id}/evidence/{evidence}/taking-back", Owner, takeBackEvidence, showAsk)
	s.post("/asks/{id}/handing-on", Asked, handOnAsk, showAsk)
	s.post("/asks/{id}/decision", Asked, decideAsk, showAsk)
	s.post("/asks/{id}/inquiries/{inquiry}", Owner, replyToAsk, showAsk)
	s.post("/asks/{id}/money", Asked, decideMoney, showAsk)
	s.post("/asks/{id}/money/taking-back", Asked, takeWordBack, showAsk)
	s.post("/asks/{id}/money/returning", Asked, returnAskMoney, showAsk)
	s.post("/asks/{id}/thanks", Owner, thankForAsk, showAsk)
	s.post("/asks/{id}/alternatives/{way}", Owner, takeWay, showAsk)
	s.post("/asks/{id}/heard", Owner, hearAsk, showAsk)
	s.get("/asks/{id}/story", Owner, tellAsk)
	s.get("/asks/{id}/criteria/new", Sides, drawFromRole)
	s.post("/asks/{id}/criteria", Sides, drawUp, showAsk)
	s.post("/asks/{id}/criteria/{proposal}/agreement", Sides, answerDrawn(ask.Agree), showAsk)
	s.post("/asks/{id}/criteria/{proposal}/refusal", Sides, answerDrawn(ask.Decline), showAsk)
	s.post("/asks/{id}/criteria/{proposal}/withdrawal", Sides, answerDrawn(ask.TakeProposalBack), showAsk)
	s.post("/asks/{id}/granted", Owner, followGranted, showAsk)
	s.post("/asks/{id}/granted/{fruit}", Owner, changeFruit, showAsk)
	s.post("/asks/{id}/granted/{fruit}/removal", Owner, unfollowGranted, showAsk)
	s.post("/asks/{id}/granted/telling", Owner, tellBack, showAsk)
	s.post("/asks/{id}/granted/day", Owner, moveTelling, showAsk)
	s.post("/asks/{id}/granted/next", Owner, draftNext, nil)
	s.post("/asks/{id}/return", Owner, moveAsk, showAsk)
	s.post("/asks/{id}/letting-go", Owner, letGoOfAsk, showAsk)
	s.post("/asks/{id}/again", Owner, askAgainNow, showAsk)
	s.post("/criteria/{id}/evidence", Owner, showCriterion, showAskOfCriterion)
	s.post("/criteria/{id}/verdict", Asked, judgeCriterion, showAskOfCriterion)
}

// pitchRoutes are how an ask is prepared, and what goes out of it.
func (s *Server) pitchRoutes() {
	s.get("/asks/{id}/pitch", Owner, showPitch)
	s.get("/asks/{id}/pitch/earlier", Owner, showEarlierWordings)
	s.get("/asks/{id}/pitch/rehearsal", Owner, showRehearsal)
	s.post("/asks/{id}/pitch/rehearsal", Owner, noteRehearsal, showRehearsal)
	s.get("/asks/{id}/pitch/previews", Owner, listPreviewsOf)
	s.post("/asks/{id}/pitch/previews", Owner, makePreview, listPreviewsOf)
	s.get("/previews", Colleague, listPreviews)
	s.get("/previews/{id}", Viewer, showPreview)
	s.post("/previews/{id}/giving", Owner, givePreview, showPreview)
	s.post("/previews/{id}/taking-back", Owner, takePreviewBack, showPreview)
	s.post("/previews/{id}/removal", Owner, removePreview, showPreview)
	s.get("/asks/{id}/pitch/{part}", Owner, showPitchPart)
	s.post("/asks/{id}/pitch/{part}", Owner, takePitchPart, showPitchPart)
	s.get("/asks/{id}/sending", Owner, showSending)
	s.post("/asks/{id}/sending", Owner, sendPrepared, showSending)
	s.get("/asks/{id}/brief", Sides, showAskBrief)
	s.get("/asks/{id}/brief.pdf", Sides, downloadAskPDF)
	s.get("/asks/{id}/brief.md", Sides, downloadAskMarkdown)
	s.get("/asks/{id}/versions", Sides, showAskVersions)
	s.get("/sent-files/{id}", Sides, downloadSentFile)
}

// promiseRoutes are promises of both sides.
func (s *Server) promiseRoutes() {
	s.get("/promises", Member, listPromises)
	s.get("/promises/settled", Member, listSettled)
	s.get("/promises/new", Colleague, newPromise)
	s.get("/promises/with/{id}", Colleague, showBetween)
	s.post("/promises", Colleague, makePromise, newPromise)
	s.get("/promises/{id}", Sides, showPromise)
	s.post("/promises/{id}/acceptance", Sides, acceptPromise, showPromise)
	s.post("/promises/{id}/refusal", Sides, declinePromise, showPromise)
	s.post("/promises/{id}/taking-back", Sides, takeBackPromise, showPromise)
	s.post("/promises/{id}/done", Sides, promiseDone, showPromise)
	s.post("/promises/{id}/confirmation", Sides, confirmPromise, showPromise)
	s.post("/promises/{id}/difference", Sides, promiseDiffers, showPromise)
	s.post("/promises/{id}/look-back", Sides, lookBackOnPromise, showPromise)
	s.post("/promises/{id}/release", Sides, releasePromise, showPromise)
	s.post("/promises/{id}/letting-go", Sides, letGoPromise, showPromise)
	s.post("/promises/{id}/broken", Sides, breakPromise, showPromise)
	s.post("/promises/{id}/changes", Sides, proposeChange, showPromise)
	s.post("/promises/{id}/changes/{change}/agreement", Sides, agreeToChange, showPromise)
	s.post("/promises/{id}/changes/{change}/refusal", Sides, declineChange, showPromise)
	s.post("/promises/{id}/changes/{change}/withdrawal", Sides, withdrawChange, showPromise)
}

// questionRoutes are the question library and each asking.
func (s *Server) questionRoutes() {
	s.get("/questions", Member, listQuestions)
	s.get("/questions/{card}", Member, showQuestion)
	s.get("/cards/new", Member, newCard)
	s.post("/cards", Member, keepCard, newCard)
	s.postPage("/cards/preview", Member, previewNewCard)
	s.get("/cards/import", Member, newQuestionImport)
	s.postPage("/cards/import/preview", Member, previewQuestionImport)
	s.postFile("/cards/import", Member, importQuestions, newQuestionImport)
	s.get("/cards/{id}/edit", Owner, editCard)
	s.post("/cards/{id}", Owner, changeCard, editCard)
	s.postPage("/cards/{id}/preview", Owner, previewCard)
	s.post("/cards/{id}/removal", Owner, removeCard, nil)
	s.get("/cards/{id}/markdown", Owner, cardFile)
	s.post("/suggestions/let-go", Member, letSuggestionGo, nil)

	s.get("/askings", Member, listAskings)
	s.get("/askings/new", Member, newAsking)
	s.post("/askings", Member, recordAsking, newAsking)
	s.get("/askings/{id}", Owner, showAsking)
	s.post("/askings/{id}/answer", Owner, answerAsking, showAsking)
	s.post("/askings/{id}/remove", Owner, removeAsking, showAsking)
	s.get("/askings/ask", Colleague, newSending)
	s.post("/askings/ask", Colleague, sendAsking, newSending)
	s.get("/askings/together/{round}", Owner, showTogether)
	s.post("/askings/{id}/reply", Owner, replyToAsking, showAsking)
	s.post("/askings/{id}/suggestions", Owner, noteSuggested, showAsking)
	s.get("/asked/{id}", Asked, showAskedQuestion)
	s.post("/asked/{id}", Asked, giveAnswer, showAskedQuestion)
	s.post("/asked/{id}/turning-back", Asked, turnBack, showAskedQuestion)
	s.post("/asked/{id}/declining", Asked, declineQuestion, nil)
	s.get("/suggested/{id}", Owner, showSuggested)
	s.post("/suggested/{id}", Owner, changeSuggested, showSuggested)
	s.post("/suggested/{id}/letting-go", Owner, letGoOfSuggested, nil)
	s.get("/needs", Member, listNeeds)
	s.post("/needs", Member, addNeed, listNeeds)
	s.get("/needs/{id}", Owner, showNeed)
	s.post("/needs/{id}", Owner, changeNeed, showNeed)
	s.post("/needs/{id}/raising", Owner, raiseNeed, nil)
	s.post("/needs/{id}/removal", Owner, removeNeed, nil)
}

// linkRoutes are what one-question links open, and what their owners do with them. No other route
// lets in who does not sign in, but to do so.
func (s *Server) linkRoutes() {
	s.get("/a/{token}", Link, openLink)
	s.post("/a/{token}", Link, answerLink, openLink)
	s.get("/links", Member, listLinks)
	s.get("/links/{id}", Owner, showLink)
	s.post("/links/{id}/again", Owner, makeLinkAgain, showLink)
	s.post("/links/{id}/taking-back", Owner, takeBackLink, showLink)
}

// feedbackRoutes are feedback on work, skills, goals and wins.
func (s *Server) feedbackRoutes() {
	s.get("/feedback", Member, listFeedback)
	s.get("/feedback/new", Colleague, newFeedback)
	s.post("/feedback", Colleague, giveFeedback, newFeedback)
	s.post("/feedback/asking", Colleague, askFeedback, newFeedback)
	s.get("/feedback/{id}", Viewer, showFeedback)
	s.post("/feedback/{id}", Asked, sayFeedback, showFeedback)
	s.post("/feedback/{id}/taking-back", Asked, takeFeedbackBack, nil)
	s.post("/feedback/{id}/declining", Asked, declineFeedback, nil)
	s.post("/feedback/{id}/keeping", Owner, keepFeedback, nil)
	s.post("/feedback/{id}/removal", Owner, removeFeedback, nil)
	s.get("/feedback/{id}/share", Owner, shareFeedback)
	s.post("/feedback/{id}/share", Owner, give("feedback", feedback.Share), shareFeedback)
}
