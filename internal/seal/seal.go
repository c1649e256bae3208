// Package seal keeps secrets that the program itself must use, such as the password of a calendar,
// so that whoever gets hold of the store or a backup of it alone cannot read them.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Key is the key of an installation. It is read, or made, when it is first needed.
type Key struct {
	read func() (keys, error)
}

// keys are what is made of the secret: one to seal with, and one to derive others from.
type keys struct {
	cipher.AEAD
	root [sha256.Size]byte
}

// ErrOther is given for what was sealed with another key, or for somebody else.
var ErrOther = errors.New("this was sealed with another key")

const shortest = 20 // characters of a secret that an operator chooses

// FromSecret is the key made of a secret that all copies of the program are told.
func FromSecret(secret string) *Key {
	return &Key{sync.OnceValues(func() (keys, error) {
		if len(secret) < shortest {
			return keys{}, errors.New("OWNWARD_SECRET is too short: give at least 20 characters drawn by chance")
		}
		return keysOf(secret)
	})}
}

// InFile is the key kept in a file, which is made with the first secret.
func InFile(path string) *Key {
	var once sync.Mutex
	var made keys
	return &Key{func() (keys, error) {
		once.Lock()
		defer once.Unlock()
		if made.AEAD != nil {
			return made, nil
		}
		text, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			text, err = create(path)
		}
		if err != nil {
			return keys{}, err
		}
		made, err = keysOf(strings.TrimSpace(string(text)))
		return made, err
	}}
}

// create makes the file; where another copy of the program was faster, that one counts.
func create(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return os.ReadFile(path)
	}
	if err != nil {
		return nil, err
	}
	text := []byte(rand.Text() + rand.Text() + "\n")
	_, err = file.Write(text)
	return text, errors.Join(err, file.Sync(), file.Close())
}

func keysOf(secret string) (keys, error) {
	if secret == "" {
		return keys{}, errors.New("the file of the key is empty")
	}
	key := sha256.Sum256([]byte("ownward seal 1\n" + secret))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return keys{}, err
	}
	sealing, err := cipher.NewGCMWithRandomNonce(block)
	return keys{sealing, sha256.Sum256([]byte("ownward derive 1\n" + secret))}, err
}

// Derived is a key for one purpose: always the same, and it tells nothing of those for others.
func (k *Key) Derived(purpose string) ([sha256.Size]byte, error) {
	var derived [sha256.Size]byte
	if k == nil {
		return derived, errNone
	}
	keys, err := k.read()
	if err != nil {
		return derived, err
	}
	h := hmac.New(sha256.New, keys.root[:])
	h.Write([]byte(purpose))
	h.Sum(derived[:0])
	return derived, nil
}

var errNone = errors.New("this installation has no key")

// Seal seals a secret. It opens for the same purpose alone.
func (k *Key) Seal(secret, purpose string) ([]byte, error) {
	if k == nil {
		return nil, errNone
	}
	c, err := k.read()
	if err != nil {
		return nil, err
	}
	return c.Seal(nil, nil, []byte(secret), []byte(purpose)), nil
}

// Open gives back what was sealed for the purpose.
//
// Errors: ErrOther for what this key did not seal, or not for this.
func (k *Key) Open(sealed []byte, purpose string) (string, error) {
	c, err := k.read()
	if err != nil {
		return "", err
	}
	secret, err := c.Open(nil, nil, sealed, []byte(purpose))
	if err != nil {
		return "", ErrOther
	}
	return string(secret), nil
}
