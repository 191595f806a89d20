// Package mail sends e-mail over SMTP (RFC 5321). It adapts notice.Mailer.
//
// Decisions
//   - smtp://host:port speaks STARTTLS whenever the server offers it, with a certificate that must hold; with a user and a password
//     it insists on it, unless the server is on this machine. smtps://host:port begins with TLS.
//   - One connection a mail: they are few, and a connection kept open is one more thing that hangs.
//   - Plain text in UTF-8, marked as sent by a machine (RFC 3834) so that no absence note answers it. A control character in an address
//     or a subject is refused before anything is sent: nothing can add a header.
//   - Errors tell the server's code and no address. A lasting refusal (5xx) of a mail is not repeated, everything else may be.
package mail
