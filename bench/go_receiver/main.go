// A receiver of Alertmanager's webhook that parses and stores nothing, on Go's net/http as it comes: what
// the durable webhook is measured against.
//
//	go_receiver PORT
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"time"
)

// The members of the payload that a receiver uses (webhook version "4").
type alert struct {
	Status      string            `json:"status"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	StartsAt    time.Time         `json:"startsAt"`
	EndsAt      time.Time         `json:"endsAt"`
	Fingerprint string            `json:"fingerprint"`
}

type payload struct {
	Version  string  `json:"version"`
	Status   string  `json:"status"`
	Receiver string  `json:"receiver"`
	Alerts   []alert `json:"alerts"`
}

func take(answer http.ResponseWriter, request *http.Request) {
	var read payload
	body := http.MaxBytesReader(answer, request.Body, 1<<20)
	if err := json.NewDecoder(body).Decode(&read); err != nil || len(read.Alerts) == 0 {
		http.Error(answer, "malformed", http.StatusBadRequest)
		return
	}
	answer.WriteHeader(http.StatusAccepted)
}

func main() {
	http.HandleFunc("/alert", take)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
