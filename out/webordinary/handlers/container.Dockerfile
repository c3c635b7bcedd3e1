# container.Dockerfile - the image of container of webordinary. Made by wgen from the spec; edit that.
#   docker build --platform linux/arm64 -f out/webordinary/handlers/container.Dockerfile .
# Amazon Linux 2023 installs with dnf, and what is linked here is what runs there.
FROM public.ecr.aws/amazonlinux/amazonlinux:2023 AS build
RUN dnf install -y --setopt=install_weak_deps=False gcc make binutils libcurl-devel jansson-devel \
    && dnf clean all
COPY out/webordinary/handlers /src/out/webordinary/handlers
COPY specs/webordinary/handlers /src/specs/webordinary/handlers
RUN make -C /src/out/webordinary/handlers BUILD=/build ARCH="$(uname -m | sed s/aarch64/arm64/)" \
    "/build/$(uname -m | sed s/aarch64/arm64/)/container" \
    && cp "/build/$(uname -m | sed s/aarch64/arm64/)/container" /handler

FROM public.ecr.aws/amazonlinux/amazonlinux:2023
RUN dnf install -y --setopt=install_weak_deps=False --allowerasing libcurl jansson shadow-utils \
    && dnf clean all && useradd --system --no-create-home worker
COPY --from=build /handler /usr/local/bin/container
USER worker
ENTRYPOINT ["/usr/local/bin/container"]
