package io.rayhistory.adapters.kubernetes;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * How others may ask an API server with our credentials.
 *
 * @param url   without a slash at its end
 * @param tls   whom to trust, with our certificate if we have one
 * @param token to be asked before every request, because it changes; answers {@code ""} if we have none
 */
public record ApiEntrance(String url, SSLContext tls, Supplier<String> token) {
}
