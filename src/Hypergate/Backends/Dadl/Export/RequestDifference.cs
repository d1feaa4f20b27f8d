using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>In what two requests differ that are to be the same.</summary>
/// <param name="readsForms">Whether the platform takes JSON in place of a form, and the fields of both in any order.</param>
internal sealed class RequestDifference(bool readsForms)
{
    private const int Longest = 80;
    private const string Form = "application/x-www-form-urlencoded";

    /// <param name="own">By the backend's kind.</param>
    /// <param name="made">By the file.</param>
    /// <param name="usual">Headers that the file sends with every request.</param>
    /// <returns>What the first does, as <c>goes as a=1</c>; null where they are the same.</returns>
    public string? Of(HttpRequestSpec own, HttpRequestSpec made, IReadOnlyList<KeyValuePair<string, string>> usual) =>
        own.Method != made.Method ? GoesAs(own.Method)
        : Path(own) != Path(made) ? GoesAs(Path(own))
        : Missing(Query(own), Query(made)) is { } entry ? GoesAs(entry)
        : Missing(Headers(own, []), Headers(made, usual)) is { } header ? GoesAs(header)
        : Body(own, made);

    private static string GoesAs(string what) => $"goes as {DescriptionText.OneLine(what, Longest)}, which this format cannot say";

    private string? Body(HttpRequestSpec own, HttpRequestSpec made)
    {
        if (made.BodyFile is { } handle)
        {
            made = made with { Body = SampleFile.Read(handle)?.Bytes };
        }

        if (own.Body is not { } one || made.Body is not { } two)
        {
            // A tool sends an object without fields by sending none.
            return own.Body is null == made.Body is null || (made.Body is null && IsEmpty(own)) ? null : "makes a body in one of the two alone";
        }

        if (readsForms)
        {
            return Missing([.. Fields(own).Order(StringComparer.Ordinal)], [.. Fields(made).Order(StringComparer.Ordinal)]) is { } field ? GoesAs(field) : null;
        }

        if (own.BodyType != made.BodyType)
        {
            return GoesAs(own.BodyType);
        }

        return MediaType.Of(own.BodyType) switch
        {
            Form => Missing(Entries(Text(one)), Entries(Text(two))) is { } entry ? GoesAs(entry) : null,
            var type when MediaType.IsJson(type) => JsonElement.DeepEquals(JsonElement.Parse(one.Span), JsonElement.Parse(two.Span)) ? null : GoesAs(Text(one)),
            "multipart/form-data" => one.Span.SequenceEqual(two.Span) ? null : GoesAs(PartOf(Text(one), Text(two))),
            _ => one.Span.SequenceEqual(two.Span) ? null : GoesAs(Text(one)),
        };
    }

    private static bool IsEmpty(HttpRequestSpec request) => request.Body is { Length: 0 } || (request.Body is { } body && MediaType.IsJson(request.BodyType) && body.Span.SequenceEqual("{}"u8));

    // A comma that parts values may be encoded: servers decode before they part.
    private static string Path(HttpRequestSpec request) => Comma(request.Address.AbsolutePath);

    private static List<string> Query(HttpRequestSpec request) => Entries(Comma(request.Address.Query.TrimStart('?')));

    private static string Comma(string text) => text.Replace("%2C", ",", StringComparison.Ordinal);

    // In a form a blank is a plus or %20, and both are read.
    private static List<string> Entries(string text) => [.. Comma(text).Replace("+", "%20", StringComparison.Ordinal).Split('&', StringSplitOptions.RemoveEmptyEntries)];

    private static List<string> Headers(HttpRequestSpec request, IReadOnlyList<KeyValuePair<string, string>> usual) =>
        [.. request.Headers.Where(header => header.Key != "User-Agent" && !usual.Contains(header)).Select(static header => $"{header.Key}: {header.Value}")];

    // JSON and form alike as name=value.
    private static IEnumerable<string> Fields(HttpRequestSpec request) => !MediaType.IsJson(request.BodyType)
        ? Entries(Text(request.Body!.Value)).Select(Uri.UnescapeDataString)
        : JsonElement.Parse(request.Body!.Value.Span).EnumerateObject().SelectMany(static field => field.Value.ValueKind == JsonValueKind.Array
            ? field.Value.EnumerateArray().Select(item => $"{field.Name}={item}")
            : [$"{field.Name}={field.Value}"]);

    // What the one has and the other has not; else what the other has too much, or in another order.
    private static string? Missing(List<string> one, List<string> two)
    {
        if (one.SequenceEqual(two, StringComparer.Ordinal))
        {
            return null;
        }

        var missing = one.Where(entry => !two.Contains(entry)).ToList();
        return string.Join('&', missing.Count > 0 ? missing : one);
    }

    private static string PartOf(string one, string two) =>
        one.Split("\r\n").Zip(two.Split("\r\n")).FirstOrDefault(static pair => pair.First != pair.Second).First ?? "more parts";

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
