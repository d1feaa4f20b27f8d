namespace Hypergate.Backends.Http;

/// <summary>How a request ended: <see cref="HttpReply"/> or <see cref="TransportFailure"/>.</summary>
internal abstract record HttpResult
{
    private protected HttpResult()
    {
    }
}
