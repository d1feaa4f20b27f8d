using System.Text;
using System.Text.Json;

namespace Hypergate.Scripting;

/// <summary>Reads the messages of a worker: JSON objects with a member <c>t</c> and exactly the types that belong to it.</summary>
internal static class WorkerProtocol
{
    public const int Version = 1;

    /// <summary>The longest line of either side, without its end.</summary>
    public const int LongestLine = 16 * 1024 * 1024;

    private const int MostSegments = 3;
    private const int LongestSegment = 200;
    private const int LongestName = 64;
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <exception cref="WorkerFaultException">It is no message.</exception>
    public static WorkerMessage Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new WorkerFaultException($"a line is no message: {exception.Message}");
        }
    }

    private static WorkerMessage Read(JsonElement root) => Text(root, "t") switch
    {
        "ready" when root.GetProperty("protocol").GetInt32() == Version =>
            new WorkerMessage.Ready(Text(root, "nonce"), Text(root, "node"), Text(root, "quickjs"), Text(root, "jq")),
        "call" => new WorkerMessage.Called(Text(root, "job"), root.GetProperty("call").GetInt32(), PathOf(root.GetProperty("path")), Long(root, "json"), Number(root, "line"), Number(root, "column")),
        "log" => new WorkerMessage.Logged(Text(root, "job"), Text(root, "level"), Long(root, "text")),
        "beat" => new WorkerMessage.Beat(Text(root, "job"), Text(root, "state") == "waiting"),
        "end" => EndOf(root),
        "jqend" => root.GetProperty("ok").GetBoolean()
            ? new WorkerMessage.Transformed(Text(root, "job"), [.. root.GetProperty("outputs").EnumerateArray().Select(static output => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(output.GetString()!))], null, null, false)
            : new WorkerMessage.Transformed(Text(root, "job"), [], Text(root, "code"), Long(root, "error"), IsBroken(root)),
        "checked" => new WorkerMessage.Checked(Text(root, "job"), root.GetProperty("ok").GetBoolean() ? null : FaultOf(root.GetProperty("error"))),
        "pong" => new WorkerMessage.Pong(root.GetProperty("n").GetInt64()),
        var other => throw new WorkerFaultException($"there is no message '{other}'"),
    };

    private static WorkerMessage.Ended EndOf(JsonElement root)
    {
        var isDone = root.GetProperty("ok").GetBoolean();
        return new(
            Text(root, "job"),
            isDone ? Long(root, "json") : null,
            isDone ? null : FaultOf(root.GetProperty("error")),
            Number(root, "unawaited") ?? 0,
            root.GetProperty("cpu_ms").GetInt64(),
            root.GetProperty("peak_bytes").GetInt64(),
            IsBroken(root));
    }

    private static ScriptFault FaultOf(JsonElement error) => new(Text(error, "code"), Long(error, "name"), Long(error, "message"), Number(error, "line"), Number(error, "column"))
    {
        IsExact = error.TryGetProperty("exact", out var exact) && exact.GetBoolean(),
        Stack = error.TryGetProperty("stack", out var stack) ? [.. stack.EnumerateArray().Select(static frame => frame.GetString()!)] : [],
        Data = error.TryGetProperty("data", out var data) ? data.Clone() : default,
    };

    private static bool IsBroken(JsonElement root) => root.TryGetProperty("broken", out var broken) && broken.GetBoolean();

    private static List<string> PathOf(JsonElement path)
    {
        var segments = path.EnumerateArray().Select(static segment => segment.GetString()!).ToList();
        return segments.Count is 0 or > MostSegments || segments.Exists(static segment => segment.Length > LongestSegment)
            ? throw new WorkerFaultException("a call has no path of one to three names")
            : segments;
    }

    private static string Text(JsonElement element, string name) =>
        Long(element, name) is { Length: <= LongestName } text ? text : throw new WorkerFaultException($"'{name}' is too long");

    private static string Long(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new WorkerFaultException($"'{name}' is missing");

    private static int? Number(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
