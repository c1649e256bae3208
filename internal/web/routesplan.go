package web

import (
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/story"
)

// The plan and what stands beside it: expectations, skills, goals, wins, what is shown of them.

// planRoutes are the plan, what it is shared with, and the journal.
func (s *Server) planRoutes() {
	s.get("/plan", Member, showPlan)
	s.get("/plan/edit/{section}", Member, editSection)
	s.post("/plan/edit/{section}", Member, writeSection, editSection)
	s.get("/plan/start", Member, beginStart)
	s.get("/plan/start/{step}", Member, showStart)
	s.post("/plan/start/{step}", Member, takeStart, showStart)
	s.post("/values/{id}/kept-out", Owner, keepValueOut, nil)
	s.post("/strengths/{id}/kept-out", Owner, keepStrengthOut, nil)
	s.get("/plan/versions", Member, showVersions)
	s.get("/timeline", Member, showTimeline)
	s.get("/year/{year}", Member, showYear)
	s.get("/plan/as/{person}", Colleague, showPlanAs)
	s.get("/plan/share", Member, sharePlan)
	s.post("/plan/share", Member, giveSections, sharePlan)
	s.post("/shares/end", Member, takeBack, nil)

	s.get("/journal", Member, listEntries)
	s.post("/journal", Member, addEntry, listEntries)
	s.get("/journal/{id}", Owner, showEntry)
	s.post("/journal/{id}", Owner, changeEntry, showEntry)
	s.post("/journal/{id}/removal", Owner, removeEntry, nil)
}

// expectationRoutes are what roles ask for, what managers and administrators write of it, and where
// they are heading.
func (s *Server) expectationRoutes() {
	s.get("/expectations", Colleague, showExpected)
	s.get("/expectations/{role}", Colleague, showRole)
	s.get("/expectations/{role}/versions", Colleague, showRoleVersions)
	s.get("/expectations/{role}/assessments/new", Colleague, newAssessment)
	s.post("/expectations/{role}/assessments", Colleague, assess, newAssessment)
	s.post("/expectations/{role}/adaptation", Colleague, adaptRole, showRole)
	s.get("/assessments", Member, listAssessments)
	s.get("/assessments/{id}", Owner, showAssessment)
	s.post("/assessments/{id}/removal", Owner, removeAssessment, nil)

	s.get("/team/expectations", Colleague, showTeam)
	s.get("/team/expectations/new", Colleague, newWritten)
	s.post("/team/expectations", Colleague, writeRole, newWritten)
	s.get("/team/expectations/{id}", Owner, showWritten)
	s.post("/team/expectations/{id}", Owner, changeWritten, showWritten)
	s.post("/team/expectations/{id}/end", Owner, endWritten, nil)
	s.get("/team/expectations/{id}/levels/{level}", Owner, showWrittenLevel)
	s.post("/team/expectations/{id}/levels/{level}", Owner, changeWrittenLevel, showWrittenLevel)

	s.get("/directions", Colleague, listDirections)
	s.get("/directions/new", Colleague, newDirection)
	s.post("/directions", Colleague, writeDirection, newDirection)
	s.get("/directions/{id}", Viewer, showDirection)
	s.post("/directions/{id}", Owner, changeDirection, showDirection)
	s.post("/directions/{id}/end", Owner, endDirection, nil)

	s.get("/organisation/expectations", Administrator, showFrameworks)
	s.postFile("/organisation/expectations", Administrator, sendExpectations, showFrameworks)
	s.get("/organisation/expectations/jobs", Administrator, showJobs)
	s.post("/organisation/expectations/jobs", Administrator, matchJob, showJobs)
	s.get("/organisation/expectations/{id}", Owner, previewExpectations)
	s.post("/organisation/expectations/{id}/import", Owner, confirmExpectations, previewExpectations)
	s.post("/organisation/expectations/{id}/removal", Owner, discardExpectations, previewExpectations)
}

// skillRoutes are the skills of a person.
func (s *Server) skillRoutes() {
	s.get("/skills", Member, listSkills)
	s.post("/skills", Member, addSkill, listSkills)
	s.get("/skills/{id}", Viewer, showSkill)
	s.post("/skills/{id}", Owner, changeSkill, showSkill)
	s.post("/skills/{id}/removal", Owner, removeSkill, nil)
	s.post("/skills/{id}/merging", Owner, mergeSkill, showSkill)
	s.get("/skills/{id}/views", Owner, askForView)
	s.post("/skills/{id}/views", Owner, sendForView, askForView)
	s.get("/views/{id}", Asked, showAskedView)
	s.post("/views/{id}", Asked, giveView, showAskedView)
	s.post("/views/{id}/declining", Asked, declineView, nil)
	s.post("/views/{id}/removal", Owner, removeView, nil)
	s.get("/skills/{id}/share", Owner, shareSkill)
	s.post("/skills/{id}/share", Owner, give("skill", plan.ShareSkill), shareSkill)
	s.post("/skills/{id}/kept-out", Owner, keepThingOut("skill"), nil)
}

// gapRoutes are one's skills beside what is asked for, roles outside, and the paths between roles.
func (s *Server) gapRoutes() {
	s.get("/gap", Member, showGap)
	s.get("/gap/paths", Member, showPaths)
	s.get("/gap/outside/new", Member, newOutside)
	s.post("/gap/outside", Member, addOutside, newOutside)
	s.get("/gap/outside/{id}", Owner, showOutside)
	s.post("/gap/outside/{id}", Owner, changeOutside, showOutside)
	s.post("/gap/outside/{id}/removal", Owner, removeOutside, nil)
	s.post("/you/offer", Member, chooseOffer, s.you)
}

// skillListRoutes are the organisation's list of skills to choose from.
func (s *Server) skillListRoutes() {
	s.get("/skills/list", Colleague, chooseSkill)
	s.get("/skills/find", Colleague, findSkills)
	s.get("/organisation/skills", Administrator, keepSkills)
	s.post("/organisation/skills", Administrator, addListed, keepSkills)
	s.get("/organisation/skills/{id}", Administrator, showListed)
	s.post("/organisation/skills/{id}", Administrator, changeListed, showListed)
	s.post("/organisation/skills/{id}/removal", Administrator, removeListed, nil)
	s.get(skillImportPath, Administrator, newSkillImport)
	s.postFile(skillImportPath, Administrator, sendSkillImport, newSkillImport)
	s.get(skillImportPath+"/{id}", Administrator, previewSkillImport)
	s.post(skillImportPath+"/{id}/columns", Administrator, chooseSkillColumns, previewSkillImport)
	s.post(skillImportPath+"/{id}/import", Administrator, confirmSkillImport, previewSkillImport)
	s.post(skillImportPath+"/{id}/removal", Administrator, discardSkillImport, nil)
	s.get(skillImportPath+"/{id}/set-aside", Administrator, skillsSetAside)
}

// goalRoutes are goals and their steps.
func (s *Server) goalRoutes() {
	s.get("/goals/new", Member, newGoal)
	s.post("/goals", Member, addGoal, newGoal)
	s.get("/goals/{id}", Viewer, showGoal)
	s.get("/goals/{id}/edit", Owner, editGoal)
	s.post("/goals/{id}", Owner, changeGoal, editGoal)
	s.postPage("/goals/advice", Colleague, adviseNewGoal)
	s.postPage("/goals/{id}/advice", Owner, adviseGoal)
	s.post("/goals/{id}/reviews", Owner, reviewGoal, showGoal)
	s.post("/goals/{id}/reviews/{review}/removal", Owner, removeReview, nil)
	s.post("/goals/{id}/later", Owner, putOffReview, nil)
	s.post("/goals/{id}/reopening", Owner, reopenGoal, nil)
	s.post("/goals/{id}/removal", Owner, removeGoal, nil)
	s.get("/goals/{id}/versions", Owner, showGoalVersions)
	s.get("/goals/{id}/share", Owner, shareGoal)
	s.post("/goals/{id}/share", Owner, give("goal", plan.ShareGoal), shareGoal)
	s.post("/goals/{id}/kept-out", Owner, keepThingOut("goal"), nil)
	s.post("/goals/{id}/steps", Owner, addStep, showGoal)
	s.get("/steps/new", Member, newStep)
	s.post("/steps", Member, addStepToGoal, newStep)
	s.get("/steps/{id}", Owner, editStep)
	s.post("/steps/{id}", Owner, changeStep, editStep)
	s.post("/steps/{id}/state", Owner, setStep, nil)
	s.post("/steps/{id}/marks", Owner, markStep, nil)
	s.post("/steps/{id}/day", Owner, moveStep, editStep)
	s.post("/steps/{id}/removal", Owner, removeStep, nil)
}

// activityRoutes are the catalogue of activities.
func (s *Server) activityRoutes() {
	s.get("/activities", Member, listActivities)
	s.get("/activities/{name}", Member, showActivity)
}

// winRoutes are wins.
func (s *Server) winRoutes() {
	s.get("/wins", Member, listWins)
	s.get("/wins/new", Member, newWin)
	s.postFileUpTo(mostCarried, "/wins", Member, addWin, newWin)
	s.get("/wins/capture", Member, showCapture)
	s.postPageUpTo(mostCarried, sharedPath, Anyone, showShared)
	s.get("/wins/import", Member, newWinImport)
	s.postFileUpTo(mostImported, "/wins/import", Member, importWins, newWinImport)
	s.get("/wins/drafts", Member, listDrafts)
	s.post("/wins/drafts/all", Member, settleDrafts, listDrafts)
	s.get("/drafts/{id}", Owner, showDraft)
	s.post("/drafts/{id}", Owner, changeDraft, showDraft)
	s.post("/drafts/{id}/keep", Owner, keepDraft, showDraft)
	s.post("/drafts/{id}/drop", Owner, dropDraft, showDraft)
	s.get("/wins/{id}", Viewer, showWin)
	s.post("/wins/{id}", Owner, changeWin, showWin)
	s.post("/wins/{id}/removal", Owner, removeWin, nil)
	s.post("/wins/{id}/links", Owner, addLink, showWin)
	s.post("/wins/{id}/links/{link}/removal", Owner, removeLink, showWin)
	s.postFileUpTo(mostAttached, "/wins/{id}/files", Owner, addFile, showWin)
	s.get("/wins/{id}/files/{file}", Viewer, downloadFile)
	s.post("/wins/{id}/files/{file}/removal", Owner, removeFile, showWin)
	s.get("/wins/{id}/share", Owner, shareWin)
	s.post("/wins/{id}/share", Owner, give("win", plan.ShareWin), shareWin)
	s.get("/wins/{id}/confirmations", Owner, askForWord)
	s.post("/wins/{id}/confirmations", Owner, sendForWord, askForWord)
	s.get("/confirmations/{id}", Asked, showAskedWord)
	s.post("/confirmations/{id}", Asked, giveWord, showAskedWord)
	s.post("/confirmations/{id}/declining", Asked, declineWord, nil)
	s.post("/confirmations/{id}/taking-back", Owner, takeBackWord, nil)
	s.post("/confirmations/{id}/hiding", Owner, hideWord, nil)
}

// shownRoutes are what a manager proposes for a plan, copies of it, and what is said about it.
func (s *Server) shownRoutes() {
	s.get("/proposals", Member, listProposals)
	s.get("/proposals/new", Colleague, newProposal)
	s.post("/proposals", Colleague, propose, newProposal)
	s.get("/proposals/{id}", Sides, showProposal)
	s.post("/proposals/{id}/taking", Owner, takeProposal, showProposal)
	s.post("/proposals/{id}/refusal", Owner, declineProposal, showProposal)
	s.post("/proposals/{id}/withdrawal", Sides, withdrawProposal, showProposal)

	s.get("/copies", Member, listCopies)
	s.get("/copies/new", Colleague, newCopy)
	s.post("/copies", Colleague, makeCopy, newCopy)
	s.get("/copies/{id}", Viewer, showCopy)
	s.get("/copies/{id}/files/{number}", Viewer, downloadCopied)
	s.post("/copies/{id}/giving", Owner, giveCopy, showCopy)
	s.post("/copies/{id}/taking-back", Owner, takeCopyBack, showCopy)
	s.post("/copies/{id}/removal", Owner, removeCopy, showCopy)

	s.get("/comments", Member, listComments)
	s.get("/comments/said", Member, listSaid)
	s.get("/comments/new", Colleague, newComment)
	s.post("/comments", Colleague, addComment, newComment)
	s.get("/comments/{id}", Sides, showComment)
	s.post("/comments/{id}", Sides, changeComment, showComment)
	s.post("/comments/{id}/withdrawal", Sides, withdrawComment, showComment)
	s.post("/comments/{id}/answer", Owner, answerComment, showComment)
	s.post("/comments/{id}/resolving", Owner, resolveComment, showComment)
	s.post("/comments/{id}/reopening", Owner, reopenComment, showComment)
}

// storyRoutes are what people tell of their wins.
func (s *Server) storyRoutes() {
	s.get("/stories", Member, listStories)
	s.get("/stories/new", Member, draftStory)
	s.post("/stories", Member, keepStory, draftStory)
	s.get("/stories/{id}", Viewer, showStory)
	s.get("/stories/{id}/edit", Owner, editStory)
	s.post("/stories/{id}", Owner, changeStory, editStory)
	s.post("/stories/{id}/removal", Owner, removeStory, nil)
	s.get("/stories/{id}/share", Owner, shareStory)
	s.post("/stories/{id}/share", Owner, give("story", story.Share), shareStory)
	s.get("/stories/{id}/versions", Owner, showStoryVersions)
	s.get("/stories/{id}/story.md", Owner, downloadStory)
	s.get("/stories/{id}/resume.json", Owner, downloadResume)
}
