package solutions

import _ "embed"

// Text is the file solutions.go, for whoever may see it.
//
//go:embed solutions.go
var Text string
