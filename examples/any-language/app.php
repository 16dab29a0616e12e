<?php
// A menu in PHP, with nothing but what PHP brings. `php -S 127.0.0.1:3000 app.php`

declare(strict_types=1);

// The signing key is shown in base64: decode it. Without one, signatures are not looked at.
$key = base64_decode((string) getenv('SIGNING_KEY'));
// The bytes of the body as they came, before anything reads them.
$body = (string) file_get_contents('php://input');
$url = 'http://' . $_SERVER['HTTP_HOST'] . $_SERVER['REQUEST_URI'];
$event = $_SERVER['HTTP_X_ENFONICA_EVENT'] ?? '';
$signature = $_SERVER['HTTP_X_ENFONICA_SIGNATURE'] ?? '';

$expected = base64_encode(hash_hmac('sha256', $url . $event . $body, $key, true));
if ($key !== '' && !hash_equals($expected, $signature)) {
    http_response_code(403);
    exit('the signature does not match');
}

header('Content-Type: text/xml; charset=utf-8');
$digits = json_decode($body, true)['parameters']['digits'] ?? null;
switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case '/':
        echo '<Response>
  <Input MaxDigitCount="1" TimeoutSeconds="5" NextUri="/choice">
    <Say>For our opening hours, press 1.</Say>
  </Input>
</Response>';
        break;
    case '/choice':
        $says = $digits === '1' ? 'We are open from nine to five.' : 'Goodbye.';
        echo "<Response><Say>$says</Say></Response>";
        break;
    default:
        http_response_code(404);
}
