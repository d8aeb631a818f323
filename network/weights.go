package network

// How weights are kept in a file; skip it at first.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxFile is the largest file that Load reads, in bytes.
const maxFile = 1 << 20

// Save writes the weights of a network that Load takes, which has at most some
// thousand hidden nodes, as one JSON object, {"weights_1": [[…]], "weights_2":
// [[…]]}, at full precision: Load gives the same network to the last bit. In
// Python, np.array(json.load(file)["weights_1"]) reads them. A weight that is
// NaN or infinite is an error, and nothing is written.
func (n *Network) Save(w io.Writer) error {
	if err := n.validate(); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(n)
}

// Load reads the weights that Save wrote. What is no such file is an error that
// says what was found: damaged or cut off JSON, a file larger than 1 MiB,
// weights that are missing, ragged or no finite numbers, or that do not fit
// each other.
func Load(r io.Reader) (*Network, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("found more than %d bytes, expected the weights of a small network", maxFile)
	}
	if bytes.Contains(text, []byte("null")) {
		return nil, errors.New("found null, expected a number") // which encoding/json would take for 0
	}
	var n Network
	if err := json.Unmarshal(text, &n); err != nil {
		return nil, fmt.Errorf("%w, expected JSON with weights_1 and weights_2", err)
	}
	if err := n.validate(); err != nil {
		return nil, err
	}
	return n.Clone(), nil
}
