using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypergate.Backends;

/// <summary>The address of a platform, or those of the nodes that all serve it: written as one text or as a list of texts.</summary>
/// <param name="all">At least one.</param>
[JsonConverter(typeof(PlatformUrlsConverter))]
public sealed class PlatformUrls(IReadOnlyList<Uri> all)
{
    public PlatformUrls(Uri url)
        : this([url])
    {
    }

    public PlatformUrls(string url)
        : this(new Uri(url))
    {
    }

    /// <summary>Where the settings give none.</summary>
    public static PlatformUrls None { get; } = new("https://address.invalid");

    /// <summary>Whether the settings give any.</summary>
    public bool IsGiven => First.Host != None.First.Host;

    /// <summary>http or https, without user, query and fragment; none ends in a slash behind a path.</summary>
    public IReadOnlyList<Uri> All { get; } = [.. all.Select(WithoutSlashes)];

    public Uri First => All[0];

    public static implicit operator PlatformUrls(Uri url) => new(url);

    private static Uri WithoutSlashes(Uri url)
    {
        var isPlain = url.IsAbsoluteUri && url.Query == "" && url.Fragment == "" && url.AbsolutePath is not "/";
        return isPlain && url.AbsolutePath.EndsWith('/') ? new(url.AbsoluteUri.TrimEnd('/')) : url;
    }
}

/// <summary>Reads a text or a list of texts.</summary>
internal sealed class PlatformUrlsConverter : JsonConverter<PlatformUrls>
{
    public override PlatformUrls Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new PlatformUrls(Parse(reader.GetString()));
        }

        var all = new List<Uri>();
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            all.Add(Parse(reader.GetString()));
        }

        return reader.TokenType == JsonTokenType.EndArray && all.Count > 0 ? new PlatformUrls(all) : throw new JsonException("An address is a text.");
    }

    public override void Write(Utf8JsonWriter writer, PlatformUrls value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var url in value.All)
        {
            writer.WriteStringValue(url.AbsoluteUri);
        }

        writer.WriteEndArray();
    }

    private static Uri Parse(string? text) => Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var url) ? url : throw new JsonException("An address is a URL.");
}
