using Microsoft.AspNetCore.Http;

namespace Hypergate.Host.Mcp.Http;

/// <summary>
/// Tells browsers that a page which <see cref="HostGuard"/> has let through may read the answers (rule R-CORS): that page alone, by its name, and without the cookies of the browser.
/// A browser asks ahead, without a credential, before it sends a request of a page.
/// </summary>
internal static class PageAccess
{
    private const string Readable = $"{RequestHeaders.Session}, WWW-Authenticate, Retry-After";

    /// <summary>Whether the request was nothing but that question, which is answered then.</summary>
    public static bool Answer(HttpContext http)
    {
        var (asked, told) = (http.Request.Headers, http.Response.Headers);
        if (asked.Origin is not [{ } page])
        {
            return false;
        }

        told.AccessControlAllowOrigin = page;
        told.AccessControlExposeHeaders = Readable;
        told.Vary = "Origin";
        if (!HttpMethods.IsOptions(http.Request.Method) || asked.AccessControlRequestMethod.Count == 0)
        {
            return false;
        }

        told.AccessControlAllowMethods = "GET, POST, DELETE";
        told.AccessControlAllowHeaders = new([.. asked.AccessControlRequestHeaders.Where(static names => names?.All(static character => character is > ' ' and <= '~' or ' ') == true)]);
        told.AccessControlMaxAge = "600";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
