using Hypergate.Simulator.Answers;
using Microsoft.AspNetCore.Http;

namespace Hypergate.Simulator.Faults;

/// <summary>Lets a request be answered the way its fault wants it.</summary>
internal sealed class FaultyAnswer(TimeProvider time)
{
    /// <param name="http">The request.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="answer">Answers as if nothing were wrong.</param>
    public async Task SendAsync(HttpContext http, Fault fault, Func<Task> answer)
    {
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, time, http.RequestAborted);
        }

        if (fault.Hang)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted);
        }

        if (fault.Cut == Cut.BeforeWork)
        {
            http.Abort();
        }
        else if (fault.RedirectTo is { } target)
        {
            await Answer.RedirectAsync(http, fault.Status ?? 307, target.GetLeftPart(UriPartial.Authority) + http.Request.Path + http.Request.QueryString);
        }
        else
        {
            await SendBodyAsync(http, fault, fault.Status is { } status ? () => InsteadAsync(http, fault, status) : answer);
        }
    }

    private static Task InsteadAsync(HttpContext http, Fault fault, int status)
    {
        if (fault.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = wait;
        }

        return Answer.TextAsync(http, status, fault.ContentType ?? Answer.JsonType, fault.Body);
    }

    private async Task SendBodyAsync(HttpContext http, Fault fault, Func<Task> answer)
    {
        if (fault.Gzip is { } gzip)
        {
            http.Features.Set(new GzipChoice(gzip));
        }

        if (fault is { Cut: Cut.None, Truncate: false, ContentType: null, DripBytesPerSecond: null })
        {
            await answer();
            return;
        }

        var real = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        await answer();
        http.Response.Body = real;
        await SpoilAsync(http, fault, body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    private async Task SpoilAsync(HttpContext http, Fault fault, ReadOnlyMemory<byte> body)
    {
        if (fault.Cut == Cut.BeforeAnswer)
        {
            http.Abort();
            return;
        }

        if (body.IsEmpty)
        {
            return;
        }

        http.Response.ContentType = fault.ContentType ?? http.Response.ContentType;
        var sent = fault.Truncate || fault.Cut == Cut.InBody ? body[..(body.Length / 2)] : body;
        http.Response.ContentLength = fault.Truncate ? sent.Length : body.Length;
        await DripAsync(http, sent, fault.DripBytesPerSecond);
        if (fault.Cut == Cut.InBody)
        {
            http.Abort();
        }
    }

    private async Task DripAsync(HttpContext http, ReadOnlyMemory<byte> body, int? bytesPerSecond)
    {
        var step = bytesPerSecond is { } rate ? Math.Max(1, rate / 10) : Math.Max(1, body.Length);
        for (var at = 0; at < body.Length; at += step)
        {
            await http.Response.Body.WriteAsync(body[at..Math.Min(body.Length, at + step)], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            if (bytesPerSecond is { } speed)
            {
                await Task.Delay(TimeSpan.FromSeconds((double)step / speed), time, http.RequestAborted);
            }
        }
    }
}
