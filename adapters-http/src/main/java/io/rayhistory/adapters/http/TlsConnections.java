package io.rayhistory.adapters.http;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.core.WebSocketConnection;

import javax.net.ssl.SSLEngine;

/**
 * TLS that waits for the client to answer the end of a WebSocket. Jetty shuts its side at once; clients whose TLS knows no
 * half-closed connections (Python's asyncio) cannot answer then, and Ray's command line takes the end of a log for a break
 * (Ray: python/ray/dashboard/modules/job/sdk.py, close code 1006). The answer closes the connection, or its idle time does.
 */
final class TlsConnections extends SslConnectionFactory {

    TlsConnections(SslContextFactory.Server factory, String next) {
        super(factory, next);
    }

    @Override
    protected SslConnection newSslConnection(Connector connector, EndPoint endPoint, SSLEngine engine) {
        return new SslConnection(connector.getByteBufferPool(), connector.getExecutor(), getSslContextFactory(), endPoint, engine,
                isDirectBuffersForEncryption(), isDirectBuffersForDecryption()) {
            @Override
            protected SslEndPoint newSslEndPoint() {
                return new SslEndPoint() {
                    @Override
                    public void doShutdownOutput() {
                        if (!(getConnection() instanceof WebSocketConnection)) {
                            super.doShutdownOutput();
                        }
                    }
                };
            }
        };
    }
}
