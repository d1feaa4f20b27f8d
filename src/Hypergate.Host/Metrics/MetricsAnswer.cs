using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Metrics;

/// <summary>Answers <c>/metrics</c>.</summary>
internal sealed class MetricsAnswer(MeterReadings readings)
{
    public async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = "GET";
            return;
        }

        http.Response.ContentType = PrometheusText.ContentType;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(PrometheusText.Write(readings.Read()), http.RequestAborted);
    }
}
