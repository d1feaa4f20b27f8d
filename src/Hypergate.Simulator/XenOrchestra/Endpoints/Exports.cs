using System.Buffers;
using System.Text;
using Hypergate.Simulator.Answers;

namespace Hypergate.Simulator.XenOrchestra.Endpoints;

/// <summary>Whole machines, disks and logs as files. Their content is made up: it says what it stands for.</summary>
internal static class Exports
{
    private const int Bytes = 64 * 1024;

    public static bool Serves(string template) =>
        template.EndsWith(".{format}", StringComparison.Ordinal)
        || template.EndsWith(".txt", StringComparison.Ordinal)
        || template.EndsWith(".tgz", StringComparison.Ordinal);

    public static async Task AnswerAsync(XoRequest request)
    {
        var format = request.Path.GetValueOrDefault("format");
        var file = format is null ? request.Operation.Segments[^1] : $"{request.Id}.{format}";
        request.Http.Response.ContentType = format is null && file.EndsWith(".txt", StringComparison.Ordinal)
            ? "text/plain; charset=utf-8"
            : format is null ? "application/gzip" : "application/octet-stream";
        request.Http.Response.Headers.ContentDisposition = $"attachment; filename=\"{file}\"";
        var body = new AnswerBody(request.Http);
        body.Writer.Write(Content(file));
        await body.EndAsync();
    }

    private static byte[] Content(string file)
    {
        var line = Encoding.UTF8.GetBytes($"simulated content of {file}\n");
        return [.. Enumerable.Repeat(line, (Bytes / line.Length) + 1).SelectMany(bytes => bytes)];
    }
}
