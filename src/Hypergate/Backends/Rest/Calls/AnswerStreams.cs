using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hypergate.Backends.Files;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Takes answers that are not read into memory: files go to disk, streams are listened to for a time.</summary>
internal sealed class AnswerStreams(Call call, FileShelf? files, RestCallSettings settings, TimeProvider time)
{
    private const int LongestText = 64 * 1024;
    private const int UsualEvents = 100;
    private const int MostEvents = 10_000;

    private readonly ResponseRules _rules = call.Operation.Rules!.Response;

    public async Task<ReadOnlyMemory<byte>?> ReceiveAsync(HttpReply head, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        if (!head.IsSuccess || head.Status is 204 or 205 || call.Operation.Method == "HEAD")
        {
            return null;
        }

        var type = MediaType.Of(head.ContentType ?? "");
        if (type == "text/event-stream" || _rules.IsStream)
        {
            return await ListenAsync(type, open, cancellationToken);
        }

        if (type == "application/x-ndjson" && call.Arguments.TryGetProperty("watch", out var watch) && watch.ValueKind == JsonValueKind.True)
        {
            return await ListenAsync(type, open, cancellationToken);
        }

        return IsFile(head, type) && files is not null ? await KeepAsync(head, type, open, cancellationToken) : null;
    }

    // What somebody wants hidden in answers is not put on disk because the platform calls an answer an attachment.
    private bool IsFile(HttpReply head, string type) => _rules.IsFile || (head.Header("Content-Length") != "0" && LooksLikeFile(head, type));

    private bool LooksLikeFile(HttpReply head, string type) =>
        _rules.Redact.Count == 0 && (!TextBody.IsText(type) || head.Header("Content-Disposition")?.StartsWith("attachment", StringComparison.OrdinalIgnoreCase) == true);

    private async Task<ReadOnlyMemory<byte>?> KeepAsync(HttpReply head, string type, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        var kept = type.Length > 0 ? type : _rules.FileType ?? "application/octet-stream";
        await using var content = await open();
        var file = await files!.TakeAsync(content, new FileLabel(NameOf(head, kept), kept, call.Caller.Name, _rules.FileLifetime) { Largest = settings.LargestDownload }, cancellationToken);
        var text = kept.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && file.Size <= LongestText ? Encoding.UTF8.GetString(TextBody.InUtf8(await File.ReadAllBytesAsync(file.Path, cancellationToken), head.ContentType ?? kept).Span) : null;
        return Bytes(JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("file", file.Handle);
            writer.WriteString("name", file.Label.Name);
            writer.WriteString("content_type", file.Label.Type);
            writer.WriteNumber("size", file.Size);
            writer.WriteString("sha256", file.Sha256);
            writer.WriteString("expires", file.Expires);
            writer.WriteString("url", file.Address(call.Caller.Name == Caller.LocalUser.Name));
            if (text is not null)
            {
                writer.WriteString("text", text);
            }

            writer.WriteEndObject();
        }));
    }

    private string NameOf(HttpReply head, string type)
    {
        if (head.Header("Content-Disposition") is { } header && ContentDispositionHeaderValue.TryParse(header, out var disposition))
        {
            var given = Path.GetFileName((disposition.FileNameStar ?? disposition.FileName ?? "").Trim('"').Replace('\\', '/'));
            if (given.Length is > 0 and <= 200 && given.All(static c => c >= ' '))
            {
                return given;
            }
        }

        var last = call.Operation.Path[(call.Operation.Path.LastIndexOf('/') + 1)..];
        var ending = last.LastIndexOf('.') is >= 0 and var dot && !last[dot..].Contains('{', StringComparison.Ordinal) ? last[dot..] : type switch { "text/csv" => ".csv", "text/plain" => ".txt", "application/zip" => ".zip", "application/gzip" => ".gz", _ => ".bin" };
        return call.Operation.Name + ending;
    }

    private async Task<ReadOnlyMemory<byte>?> ListenAsync(string type, Func<Task<Stream>> open, CancellationToken cancellationToken)
    {
        await using var content = await open();
        if (_rules.SkipsStream)
        {
            return "{\"stream\":true}"u8.ToArray();
        }

        using var limit = new CancellationTokenSource(_rules.StreamLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var events = new List<JsonElement>();
        try
        {
            using var reader = new StreamReader(content, Encoding.UTF8);
            await ReadAsync(reader, type, events, either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && limit.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return Bytes(JsonLists.Of(events));
    }

    private async Task ReadAsync(StreamReader reader, string type, List<JsonElement> events, CancellationToken cancellationToken)
    {
        var most = Math.Min(_rules.MostItems ?? UsualEvents, MostEvents);
        var parts = new EventParts();
        while (events.Count < most && await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (type != "text/event-stream")
            {
                if (line.Length > 0)
                {
                    events.Add(Value(line));
                }
            }
            else if (parts.Take(line) is { } complete)
            {
                events.Add(complete);
            }
        }
    }

    private static JsonElement Value(string line)
    {
        try
        {
            return JsonElement.Parse(line);
        }
        catch (JsonException)
        {
            return JsonLists.Text(line);
        }
    }

    private static byte[] Bytes(JsonElement value) => JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.Default.JsonElement);

    // The lines of one event of a stream, as browsers read them.
    private sealed class EventParts
    {
        private readonly List<string> _data = [];
        private string _name = "message";
        private string? _id;

        public JsonElement? Take(string line)
        {
            if (line.Length == 0)
            {
                return Complete();
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var (field, value) = colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..].TrimStart(' '));
            switch (field)
            {
                case "data":
                    _data.Add(value);
                    break;
                case "event":
                    _name = value;
                    break;
                case "id":
                    _id = value;
                    break;
            }

            return null;
        }

        private JsonElement? Complete()
        {
            if (_data.Count == 0)
            {
                return null;
            }

            var (name, id, data) = (_name, _id, Value(string.Join('\n', _data)));
            _data.Clear();
            _name = "message";
            return JsonLists.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("event", name);
                writer.WritePropertyName("data");
                data.WriteTo(writer);
                if (id is not null)
                {
                    writer.WriteString("id", id);
                }

                writer.WriteEndObject();
            });
        }
    }
}
