package app

import (
	"context"
	"testing"
)

// A chore that ends in the middle of the process's end still finds somebody to tell.
func TestTheDeskGoesLast(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	told := make(chan string)
	var heard []string
	outlive(ctx, func(ctx context.Context) {
		for {
			select {
			case word := <-told:
				heard = append(heard, word)
			case <-ctx.Done():
				return
			}
		}
	}, func(ctx context.Context) {
		stop()
		<-ctx.Done()
		told <- "expired"
	})
	if len(heard) != 1 {
		t.Errorf("heard %v", heard)
	}
}
