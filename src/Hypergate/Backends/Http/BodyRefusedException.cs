namespace Hypergate.Backends.Http;

/// <summary>A body that we do not take. Thrown by <see cref="BodyReader"/>, turned into a failure by <see cref="FailureTexts"/>.</summary>
internal sealed class BodyRefusedException(FailureKind kind, string message) : Exception(message)
{
    public FailureKind Kind => kind;

    public static BodyRefusedException TooLarge(int maxBytes) =>
        new(FailureKind.TooLarge, $"is larger than {maxBytes / (1024 * 1024.0):0.#} MiB; ask for fewer objects or fields");

    public static BodyRefusedException Bomb(int ratio) =>
        new(FailureKind.TooLarge, $"unpacks to more than {ratio} times its size, as only decompression bombs do");

    public static BodyRefusedException UnknownEncoding() =>
        new(FailureKind.Malformed, $"is packed in another way than asked for ({BodyReader.AcceptedEncodings})");
}
