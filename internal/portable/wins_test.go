package portable_test

import "maps"

// What of wins goes into an export, and what does not.
func init() {
	exported = append(exported, "win_links.url", "win_files.name", "win_files.content")
	maps.Copy(notExported, map[string]string{
		"win_files.media_type": "found in the content", "win_files.digest": "of the content",
		"win_drafts.source": "X", "win_drafts.topic": "X", "win_drafts.what": "X", "win_drafts.effect": "X", "win_drafts.figure": "X", "win_drafts.url": "X",
		"win_offers.digest": "X", "win_offers.became": "X",
	})
}
