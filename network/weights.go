package network

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"backprop/matrix"
)

// weights are what a file of weights holds: the fields of a Network.
type weights struct {
	Weights1 matrix.Matrix `json:"weights_1"`
	Weights2 matrix.Matrix `json:"weights_2"`
}

// maxFile is the largest file that Load reads, in bytes.
const maxFile = 1 << 20

// Save writes the weights of a network that Load takes, which has at most some thousand
// hidden nodes, as one JSON object, {"weights_1": [[…]], "weights_2": [[…]]}, at full
// precision: Load gives the same network to the last bit. In Python,
// np.array(json.load(file)["weights_1"]) reads them. A weight that is NaN or infinite is an
// error, and nothing is written.
func (net *Network) Save(w io.Writer) error {
	if err := net.validate(); err != nil {
		return err
	}
	return json.NewEncoder(w).Encode(weights(*net))
}

// Load reads the weights that Save wrote. Anything else is an error that says what was
// found: damaged or cut off JSON, a file larger than 1 MiB, another key such as biases,
// weights that are missing, ragged or not finite numbers, or that do not fit each other.
func Load(r io.Reader) (*Network, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("found more than %d bytes, expected the weights of a small network", maxFile)
	}
	if bytes.Contains(text, []byte("null")) {
		return nil, errors.New("found null, expected a number") // encoding/json would take it for 0
	}
	if !json.Valid(text) { // also if something comes after the object
		err := json.Unmarshal(text, new(any))
		return nil, fmt.Errorf("%w, expected JSON with weights_1 and weights_2", err)
	}
	var file weights
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, fmt.Errorf("%w, expected JSON with weights_1 and weights_2", err)
	}
	net := Network(file)
	if err := net.validate(); err != nil {
		return nil, err
	}
	return net.Clone(), nil
}
