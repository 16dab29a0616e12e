<?php
// Calls app.php through callflow. `callflow serve` and `php -S 127.0.0.1:3000 app.php` run; then
// `CALLFLOW_TOKEN=… php test_app.php`

declare(strict_types=1);

$callflow = getenv('CALLFLOW_URL') ?: 'http://127.0.0.1:8040';
$app = getenv('APP_URL') ?: 'http://127.0.0.1:3000/';

/** A whole call in virtual time. */
function run(string $callflow, array $flow): array
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => ['Authorization: Bearer ' . getenv('CALLFLOW_TOKEN'), 'Content-Type: application/json'],
        'content' => json_encode($flow),
        'ignore_errors' => true,
        'timeout' => 60,
    ]]);
    $answer = @file_get_contents("$callflow/simulator/flows", false, $context);
    if ($answer === false) {
        fwrite(STDERR, "not ok: $callflow does not answer. Is callflow serve running?\n");
        exit(1);
    }
    return json_decode($answer, true, 512, JSON_THROW_ON_ERROR);
}

function check(bool $isSo, string $what, string $otherwise): void
{
    if (!$isSo) {
        fwrite(STDERR, "not ok: $what\n$otherwise\n");
        exit(1);
    }
    echo "ok: $what\n";
}

$caller = [['hears' => 'press 1', 'after' => 1, 'press' => '1']];
$result = run($callflow, ['url' => $app, 'live' => true, 'caller' => $caller]);
$told = $result['transcript'] ?? json_encode($result);
check(str_contains($told, 'says "We are open from nine to five."'), 'key 1 tells the opening hours', $told);

$result = run($callflow, ['url' => $app, 'live' => true]);
$told = $result['transcript'] ?? json_encode($result);
check(str_contains($told, 'says "Goodbye."'), 'who presses nothing is told goodbye', $told);
