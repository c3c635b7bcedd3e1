# process-attachment.Dockerfile - the image of process-attachment of webordinary. Made by wgen from the spec; edit that.
#   docker build --platform linux/arm64 -f out/webordinary/handlers/process-attachment.Dockerfile .
# Amazon Linux 2023 installs with dnf, and what is linked here is what runs there.
FROM public.ecr.aws/amazonlinux/amazonlinux:2023 AS build
RUN dnf install -y --setopt=install_weak_deps=False gcc make binutils libcurl-devel jansson-devel \
    && dnf clean all
COPY out/webordinary/handlers /src/out/webordinary/handlers
COPY specs/webordinary/handlers /src/specs/webordinary/handlers
RUN make -C /src/out/webordinary/handlers BUILD=/build ARCH="$(uname -m | sed s/aarch64/arm64/)" \
    "/build/$(uname -m | sed s/aarch64/arm64/)/process-attachment" \
    && cp "/build/$(uname -m | sed s/aarch64/arm64/)/process-attachment" /handler

FROM public.ecr.aws/lambda/provided:al2023
RUN dnf install -y --setopt=install_weak_deps=False --allowerasing libcurl jansson && dnf clean all
COPY --from=build /handler /var/runtime/bootstrap
CMD ["process-attachment"]
