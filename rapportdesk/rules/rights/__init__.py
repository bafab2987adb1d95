"""What a patient may ask for, how long things are kept, and who may be told."""
