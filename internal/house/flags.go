package house

// Flags are the settings that all commands share, by flag or by environment.
type Flags struct {
	Data       string `help:"Folder of everything that is kept." default:"./ownward-data" env:"OWNWARD_DATA" type:"path"`
	Database   string `help:"PostgreSQL address, postgres://...; without one a SQLite file in the data folder." env:"OWNWARD_DATABASE"`
	Listen     string `help:"Address to listen on." default:"127.0.0.1:8080" env:"OWNWARD_LISTEN"`
	Address    string `help:"Address under which people reach it, such as https://ownward.example." env:"OWNWARD_ADDRESS"`
	Mail       string `help:"Mail server, smtp://user:password@host:587?from=ownward@example.com." env:"OWNWARD_MAIL"`
	MailIMAP   string `name:"mail-imap" help:"Mailbox to which answers to invitations come, imaps://user:password@mail.example.com." env:"OWNWARD_MAIL_IMAP"`
	Activities string `help:"Folder of the organisation's own kinds of activity (Markdown)." env:"OWNWARD_ACTIVITIES" type:"path"`
	Questions  string `help:"Folder of the organisation's own question cards (Markdown)." env:"OWNWARD_QUESTIONS" type:"path"`
}

// Config is what the flags say.
func (f Flags) Config() Config {
	return Config{Data: f.Data, Database: f.Database, Listen: f.Listen, Address: f.Address, Mail: f.Mail, MailIMAP: f.MailIMAP, Questions: f.Questions, Activities: f.Activities}
}
