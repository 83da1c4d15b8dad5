package io.rayhistory.adapters.azureblob;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Azurite in a container, for machines that have Docker but no npm. Testcontainers ends it with this process. */
final class AzuriteContainer {
    /** Of the same release that {@code .ci/run} installs. */
    private static final DockerImageName IMAGE = DockerImageName.parse(
            System.getProperty("rayhistory.azurite.image", "mcr.microsoft.com/azure-storage/azurite:3.37.0"));
    private static final int PORT = 10_000;

    private final GenericContainer<?> container;

    private AzuriteContainer(GenericContainer<?> container) {
        this.container = container;
    }

    static boolean dockerRuns() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** @param options of Azurite; a file of this machine that they name is copied to the same place in the container */
    static AzuriteContainer start(String... options) {
        List<String> command = new ArrayList<>(List.of("azurite-blob", "--blobHost", "0.0.0.0", "--blobPort", String.valueOf(PORT),
                "--inMemoryPersistence", "--silent", "--disableTelemetry", "--disableProductStyleUrl"));
        command.addAll(List.of(options));
        GenericContainer<?> container = new GenericContainer<>(IMAGE).withExposedPorts(PORT).withCommand(command.toArray(String[]::new));
        for (String option : options) {
            if (option.startsWith("/") && Files.isRegularFile(Path.of(option))) {
                container.withCopyFileToContainer(MountableFile.forHostPath(option), option);
            }
        }
        container.start();
        return new AzuriteContainer(container);
    }

    /** On this machine. */
    int port() {
        return container.getMappedPort(PORT);
    }

    void stop() {
        container.stop();
    }
}
