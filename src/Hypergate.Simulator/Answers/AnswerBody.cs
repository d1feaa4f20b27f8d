using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.Answers;

/// <summary>
/// The body of an answer as it is written. Short ones go out whole, with their length; long ones are streamed. From 1 kB on they
/// are compressed when the client takes gzip.
/// </summary>
internal sealed class AnswerBody(HttpContext http)
{
    private const int StreamFrom = 32 * 1024;
    private const int CompressFrom = 1024;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Stream? _output;

    public IBufferWriter<byte> Writer => _buffer;

    public bool IsLong => _buffer.WrittenCount > StreamFrom;

    /// <summary>Sends what is there if it is much.</summary>
    public async ValueTask FlushIfLongAsync()
    {
        if (IsLong)
        {
            await FlushAsync();
        }
    }

    /// <summary>Sends what is there.</summary>
    public async ValueTask FlushAsync()
    {
        _output ??= Start();
        await _output.WriteAsync(_buffer.WrittenMemory, http.RequestAborted);
        await _output.FlushAsync(http.RequestAborted);
        _buffer.ResetWrittenCount();
    }

    /// <summary>Sends the rest.</summary>
    public async Task EndAsync()
    {
        if (_output is null && (_buffer.WrittenCount < CompressFrom || !TakesGzip()))
        {
            http.Response.ContentLength = _buffer.WrittenCount;
            await http.Response.Body.WriteAsync(_buffer.WrittenMemory, http.RequestAborted);
            return;
        }

        await FlushAsync();
        if (_output is GZipStream)
        {
            await _output.DisposeAsync();
        }
    }

    private Stream Start()
    {
        if (!TakesGzip())
        {
            return http.Response.Body;
        }

        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Vary = "Accept-Encoding";
        return new GZipStream(http.Response.Body, CompressionLevel.Optimal, leaveOpen: true);
    }

    private bool TakesGzip() =>
        http.Features.Get<GzipChoice>()?.IsOn
        ?? http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
}
