package io.rayhistory.adapters.http;

import io.javalin.http.Context;
import io.javalin.http.staticfiles.ResourceHandler;
import io.javalin.http.staticfiles.StaticFileConfig;
import io.javalin.security.RouteRole;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Javalin's way of asking for files where no route matches. */
final class ClientFiles implements ResourceHandler {
    private final ClientRoutes client;

    ClientFiles(ClientRoutes client) {
        this.client = client;
    }

    @Override
    public boolean canHandle(Context ctx) {
        return false;
    }

    @Override
    public boolean handle(Context ctx) {
        try {
            return client.file(ctx);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean addStaticFileConfig(StaticFileConfig config) {
        return false;
    }

    @Override
    public Set<RouteRole> resourceRouteRoles(Context ctx) {
        return Set.of();
    }
}
