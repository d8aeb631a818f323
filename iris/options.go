package iris

import "io"

// Options say what a file must have, and what it may have besides what Read and ReadTable
// take. The zero value reads as ReadTable does.
type Options struct {
	NeedsSpecies bool // as Read
	AnySpecies   bool // an unknown species, such as ? or an empty field, is read as 0
	Scaled       bool // any finite number is a length: the file was scaled, to mean 0 for example
}

// Read reads a file as the options say.
func (o Options) Read(r io.Reader) (*Table, error) { return read(r, o) }
