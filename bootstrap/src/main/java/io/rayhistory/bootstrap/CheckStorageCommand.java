package io.rayhistory.bootstrap;

import io.rayhistory.application.port.ObjectInfo;
import io.rayhistory.application.port.ObjectStore;
import io.rayhistory.domain.HistoryException;
import io.rayhistory.domain.layout.RootDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** {@code rayhistory check-storage}: does what servers and collectors do with a store, and says what works. */
@Command(name = "check-storage", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, usageHelpAutoWidth = true,
        abbreviateSynopsis = true, sortOptions = false, header = "Tries to list, read, write, extend and delete, and says what works.",
        description = "%nWrites one small object below history-index/ and removes it. Exit code 0 if the store can be listed and "
                + "read, which is all that the history server needs.%n")
final class CheckStorageCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;
    private int failures;

    CheckStorageCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        SettingValues values = SettingOptions.read(spec, terminal);
        try (Closing closing = new Closing()) {
            StoreSource source = StoreSource.of(values, terminal);
            closing.add(source.cleanUp()::run);
            ObjectStore store = closing.add(source.store());
            terminal.say("Store: " + store.describe());
            String root = RootDir.of(source.rootDir()).prefix();
            boolean readable = read(store, root);
            if (readable) {
                write(store, root + "history-index/check-" + UUID.randomUUID());
            }
            terminal.say(!readable ? "The history server cannot work with this store."
                    : failures == 0 ? "All of it works: good for the history server and for collectors."
                    : "Good for the history server, which only lists and reads. A collector also writes, and may delete.");
            return readable ? 0 : 1;
        }
    }

    private boolean read(ObjectStore store, String root) {
        Optional<Optional<ObjectInfo>> first = attempt("list", () -> {
            Iterator<ObjectInfo> listing = store.list(root);
            return listing.hasNext() ? Optional.of(listing.next()) : Optional.<ObjectInfo>empty();
        }, found -> found.map(object -> "first is " + object.name()).orElse("nothing is stored"
                + (root.isEmpty() ? " yet" : " below " + root + "; is the root dir what collectors were told?")));
        if (first.isEmpty()) {
            return false;
        }
        return first.get().isEmpty() || attempt("read", () -> store.read(first.get().get().name(), 0, 1, "",
                (stream, object) -> object.length()).orElse(0L), length -> length + " bytes").isPresent();
    }

    private void write(ObjectStore store, String name) {
        Optional<ObjectInfo> written = attempt("write", () -> store.putIfAbsent(name, text("one "))
                .orElseThrow(() -> HistoryException.unavailable(name + " is there already", null)), object -> name);
        if (written.isEmpty()) {
            return;
        }
        try {
            attempt("extend", () -> {
                store.extend(name, written.get().etag(), written.get().length(), text("two"))
                        .orElseThrow(() -> HistoryException.unavailable(name + " was changed by somebody else", null));
                return store.read(name, 0, ObjectStore.TO_END, "",
                        (stream, object) -> new String(stream.readAllBytes(), StandardCharsets.UTF_8)).orElse("");
            }, content -> content.equals("one two") ? "read back as written" : "but read back as '" + content + "'");
        } finally {
            attempt("delete", () -> store.delete(name), there -> "removed it again");
        }
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private <T> Optional<T> attempt(String what, Supplier<T> action, java.util.function.Function<T, String> remark) {
        try {
            T result = action.get();
            terminal.say(String.format("  %-7s ok: %s", what, remark.apply(result)));
            return Optional.of(result);
        } catch (HistoryException e) {
            failures++;
            terminal.say(String.format("  %-7s FAILED: %s", what, e.getMessage()));
            return Optional.empty();
        }
    }
}
