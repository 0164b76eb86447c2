#include "adapters/http/answer_bytes.h"

namespace backup_monitor::http {
namespace {

/// The status codes in use here (RFC 9110 section 15, RFC 6585). Others get their class's phrase.
const char* Phrase(int status) {
  switch (status) {
    case 200: return "OK";
    case 202: return "Accepted";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return status < 400 ? "OK" : "Error";
  }
}

}  // namespace

std::string AnswerBytes(const HttpAnswer& answer, AnswerFraming framing) {
  std::string bytes;
  bytes.reserve(256 + answer.body.size());
  bytes += "HTTP/1.1 " + std::to_string(answer.status) + ' ' + Phrase(answer.status);
  bytes += "\r\nContent-Type: " + answer.content_type;
  bytes += "\r\nContent-Length: " + std::to_string(answer.body.size());
  for (const auto& [name, value] : answer.headers) bytes += "\r\n" + name + ": " + value;
  if (framing.close) bytes += "\r\nConnection: close";
  if (framing.keep_alive && !framing.close) bytes += "\r\nConnection: keep-alive";
  bytes += "\r\n\r\n";
  if (!framing.head_only) bytes += answer.body;
  return bytes;
}

}  // namespace backup_monitor::http
