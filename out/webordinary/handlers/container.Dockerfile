# container.Dockerfile - the image of container of webordinary. Made by wgen from the spec; edit that.
#   docker build --platform linux/arm64 -f out/webordinary/handlers/container.Dockerfile .
# Amazon Linux 2023 installs with dnf, and what is linked here is what runs there. The repositories of a
# release have one version of each package: the image's tag is what pins them.
FROM public.ecr.aws/amazonlinux/amazonlinux:2023 AS build
# hadolint ignore=DL3041
RUN dnf install -y --setopt=install_weak_deps=False gcc make binutils libcurl-devel jansson-devel \
    && dnf clean all
COPY out/webordinary/handlers /src/out/webordinary/handlers
COPY specs/webordinary/handlers /src/specs/webordinary/handlers
RUN make -C /src/out/webordinary/handlers OBJ=/build "/build/container"

FROM public.ecr.aws/amazonlinux/amazonlinux:2023
# hadolint ignore=DL3041
RUN dnf install -y --setopt=install_weak_deps=False --allowerasing libcurl jansson && dnf clean all
COPY --from=build "/build/container" "/usr/local/bin/container"
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/container"]
