using System.Text;

namespace Hypergate.Tests.Backends.Http;

/// <summary>A request as it came over the wire, before anybody parsed an address.</summary>
/// <param name="Head">Request line and headers, byte for byte, without the blank line.</param>
internal sealed record RawRequest(byte[] Head)
{
    /// <summary>Byte for byte; empty for none.</summary>
    public byte[] BodyBytes { get; init; } = [];

    public string Body => Encoding.UTF8.GetString(BodyBytes);

    public string Text => Encoding.Latin1.GetString(Head);

    public string[] Lines => Text.Split("\r\n");

    /// <summary>The second word of the request line.</summary>
    public string Target => Lines[0].Split(' ')[1];

    public string Method => Lines[0].Split(' ')[0];

    /// <summary>The value of a header; null where it is absent.</summary>
    public string? Header(string name) => Lines
        .Skip(1)
        .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 1)..].Trim())
        .SingleOrDefault();

    /// <summary>Reads one request with its body; null at the end of the stream.</summary>
    public static async Task<RawRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head is not [.., (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n'])
        {
            if (await stream.ReadAsync(one, cancellationToken) == 0)
            {
                return null;
            }

            head.Add(one[0]);
        }

        var request = new RawRequest([.. head[..^4]]);
        if (request.Header("Content-Length") is { } length)
        {
            var body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, cancellationToken);
            return request with { BodyBytes = body };
        }

        return request;
    }
}
