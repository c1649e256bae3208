package mailbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// IMAP is a mailbox on a mail server.
type IMAP struct {
	address, host  string
	way            string // how it is encrypted: "tls", "starttls" or "none"
	user, password string
	folder         string
	handled        string         // the folder to which what was handled is moved; empty: it stays, and is marked as seen
	trusting       *x509.CertPool // nil: whom this machine trusts
}

// NewIMAP reads the address of a mailbox:
//
//	imaps://user:password@mail.example.org
//	imap://user:password@mail.example.org:143/Calendar?handled=Archive
//
// The connection is encrypted: imaps from the start, imap by STARTTLS. To a server on this machine imap goes in the clear unless
// tls=starttls is said.
func NewIMAP(address string) (*IMAP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User == nil {
		return nil, errors.New("the mailbox must be an address like imaps://user:password@mail.example.org")
	}
	b := &IMAP{host: u.Hostname(), user: u.User.Username(), folder: strings.Trim(u.Path, "/"), handled: u.Query().Get("handled")}
	b.password, _ = u.User.Password()
	if b.folder == "" {
		b.folder = "INBOX"
	}
	port := "143"
	switch wanted := u.Query().Get("tls"); {
	case u.Scheme == "imaps" && wanted == "":
		b.way, port = "tls", "993"
	case u.Scheme == "imap" && (wanted == "starttls" || wanted == "" && !loopback(b.host)):
		b.way = "starttls"
	case u.Scheme == "imap" && wanted == "":
		b.way = "none"
	default:
		return nil, errors.New("the mailbox must be imaps://... without tls, or imap://... with tls=starttls or none")
	}
	if u.Port() != "" {
		port = u.Port()
	}
	b.address = net.JoinHostPort(b.host, port)
	return b, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

const (
	mostAtOnce  = 200
	pollTimeout = 2 * time.Minute
)

// Poll hands each mail that was not seen yet to handle, and marks it as seen, or moves it, once that has returned without
// an error. A mail whose handling fails stays as it is and comes again; so handle must bear to get a mail twice.
func (b *IMAP) Poll(ctx context.Context, handle func(context.Context, []byte) error) (n int, err error) {
	ctx, cancel := context.WithTimeout(ctx, pollTimeout)
	defer cancel()
	client, err := b.open(ctx)
	if err != nil {
		return 0, fmt.Errorf("mailbox on %s: %w", b.host, err)
	}
	defer client.Close()
	found, err := client.UIDSearch(&imap.SearchCriteria{NotFlag: []imap.Flag{imap.FlagSeen, imap.FlagDeleted}}, nil).Wait()
	if err != nil {
		return 0, fmt.Errorf("look for mails: %w", err)
	}
	uids := found.AllUIDs()
	for _, uid := range uids[:min(len(uids), mostAtOnce)] {
		if err := b.one(ctx, client, uid, handle); err != nil {
			return n, err
		}
		n++
	}
	return n, client.Logout().Wait()
}

func (b *IMAP) open(ctx context.Context) (*imapclient.Client, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", b.address)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, func() { conn.Close() })
	options := &imapclient.Options{TLSConfig: &tls.Config{ServerName: b.host, RootCAs: b.trusting, MinVersion: tls.VersionTLS12}}
	var client *imapclient.Client
	switch b.way {
	case "starttls":
		if client, err = imapclient.NewStartTLS(conn, options); err != nil {
			return nil, errors.Join(err, conn.Close())
		}
	case "tls":
		client = imapclient.New(tls.Client(conn, options.TLSConfig), options)
	default:
		client = imapclient.New(conn, options)
	}
	if err := client.Login(b.user, b.password).Wait(); err != nil {
		return nil, errors.Join(err, client.Close())
	}
	if _, err := client.Select(b.folder, nil).Wait(); err != nil {
		return nil, errors.Join(err, client.Close())
	}
	return client, nil
}

// one fetches a mail without marking it, hands it over, and then marks it.
func (b *IMAP) one(ctx context.Context, client *imapclient.Client, uid imap.UID, handle func(context.Context, []byte) error) error {
	set := imap.UIDSetNum(uid)
	sizes, err := client.Fetch(set, &imap.FetchOptions{UID: true, RFC822Size: true}).Collect()
	if err != nil {
		return fmt.Errorf("fetch a mail: %w", err)
	}
	if len(sizes) == 1 && sizes[0].RFC822Size <= MostBytes { // else it is gone, or nothing for a program
		whole := &imap.FetchItemBodySection{Peek: true}
		got, err := client.Fetch(set, &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{whole}}).Collect()
		if err != nil {
			return fmt.Errorf("fetch a mail: %w", err)
		}
		for _, each := range got {
			if err := handle(ctx, each.FindBodySection(whole)); err != nil {
				return err
			}
		}
	}
	if _, err := client.Store(set, &imap.StoreFlags{Op: imap.StoreFlagsAdd, Silent: true, Flags: []imap.Flag{imap.FlagSeen}}, nil).Collect(); err != nil {
		return fmt.Errorf("mark a mail: %w", err)
	}
	if b.handled == "" {
		return nil
	}
	if _, err := client.Move(set, b.handled).Wait(); err != nil {
		return fmt.Errorf("move a mail: %w", err)
	}
	return nil
}
