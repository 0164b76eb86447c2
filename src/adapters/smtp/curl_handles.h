#pragma once

#include <curl/curl.h>

#include <memory>

namespace backup_monitor::smtp {

template <auto Free>
struct CurlFree {
  template <typename T>
  void operator()(T* handle) const noexcept {
    Free(handle);
  }
};

using CurlEasy = std::unique_ptr<CURL, CurlFree<curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, CurlFree<curl_multi_cleanup>>;
using CurlList = std::unique_ptr<curl_slist, CurlFree<curl_slist_free_all>>;
using CurlUrl = std::unique_ptr<CURLU, CurlFree<curl_url_cleanup>>;

/// Readies libcurl for the process, once. Any thread.
void InitializeCurl();

}  // namespace backup_monitor::smtp
