module backprop

go 1.22.0
