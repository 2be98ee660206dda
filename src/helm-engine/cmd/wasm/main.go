//go:build js

// Command wasm is the thin shim between JavaScript and package render: it decodes a call, makes it, and
// encodes the result. It sees no environment, no file system and no network.
package main

import (
	"errors"
	"syscall/js"

	"github.com/portcullis-dev/portcullis/src/helm-engine/cmd/wasm/wire"
)

func main() {
	server := wire.NewServer()
	exports := js.Global().Get("portcullis")
	exports.Set("call", js.FuncOf(func(_ js.Value, arguments []js.Value) any {
		answer := serve(server, arguments)
		array := js.Global().Get("Uint8Array").New(len(answer))
		js.CopyBytesToJS(array, answer)
		return array
	}))
	select {}
}

func serve(server *wire.Server, arguments []js.Value) (answer []byte) {
	defer func() {
		if recover() != nil {
			answer = wire.EncodeError(errors.New("the renderer failed"))
		}
	}()
	call := make([]byte, arguments[0].Length())
	js.CopyBytesToGo(call, arguments[0])
	return server.Serve(call)
}
