package walkthrough

// About and Examples are what the program's help says besides the list of its commands.
const (
	About = `Backprop is part 13 of the series "Basics of Deep Learning" in plain Go: a
small neural net, three Iris flowers, and one gradient descent step by
backpropagation, with every number shown.
`
	Examples = `Examples:
  backprop step -flowers 0,50,100 -hidden 3
  backprop step -steps 1000 -json
or, without building it first:
  go run . step -flowers 0,50,100 -hidden 3
`
)
