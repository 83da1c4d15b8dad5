package io.rayhistory.bootstrap;

import io.rayhistory.adapters.http.Pages;
import io.rayhistory.adapters.web.PageTemplate;
import io.rayhistory.adapters.web.WebAssets;

import java.util.Optional;

/** Brings the pages and the server together: neither knows the other. */
final class MountedPages implements Pages {
    private final WebAssets assets = WebAssets.load();

    @Override
    public String page(int depth) {
        return assets.page().at(depth);
    }

    @Override
    public String policy() {
        return PageTemplate.POLICY;
    }

    @Override
    public Optional<File> asset(String path) {
        return assets.file(path).map(file -> new File(file.type(), file.bytes(), file.gzip()));
    }
}
